"""weighs the own word by the formula of scikit-learn with 1 + D and 1 + df (and no + 1 at the end)

task: tfidf
"""

# %% own-word
my_weight = library["times"] * np.log((1 + library["documents"]) / (1 + library["documents_with_word"]))
