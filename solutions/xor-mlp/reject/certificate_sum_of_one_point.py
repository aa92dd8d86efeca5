"""The sums hold the pre-activation of one point only.

fails: certificate
says: class_one
"""

# %% certificate-lines
certificate_lines = {"class_one": "", "class_zero": ""}
certificate_lines["class_one"] = "w1 + b"
certificate_lines["class_zero"] = "w1 + w2 + b"
