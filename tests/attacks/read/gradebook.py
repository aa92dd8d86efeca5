"""Opens the gradebook with sqlite and writes itself a mark.

stopped by: Landlock: nothing of the course may be opened
prize: a gradebook with
without walls: works
"""
# %%
import sqlite3

try:
    with sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=rw", uri=True) as book:
        tables = book.execute("select count(*) from sqlite_master").fetchone()
        print("a gradebook", "with", tables, "tables")
        book.execute("update grade set manual_score = 100")
except sqlite3.Error as error:
    print(error)
