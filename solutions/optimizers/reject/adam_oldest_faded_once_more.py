"""The oldest gradient has been multiplied by β three times, not four.

fails: adam
says: dm4_dg1
"""

# %% adam-lines
adam_lines = {"dm4_dg4": "", "dm4_dg1": "", "dn4_dg": "", "du_deta": ""}
adam_lines["dm4_dg4"] = "1 - beta"
adam_lines["dm4_dg1"] = "(1 - beta)*beta**4"
adam_lines["dn4_dg"] = "1 - beta**4"
adam_lines["du_deta"] = "(1 - beta1)/sqrt(1 - beta2)"
