"""Four weights are not four times the first: the older ones have faded.

fails: adam
says: dn4_dg
"""

# %% adam-lines
adam_lines = {"dm4_dg4": "", "dm4_dg1": "", "dn4_dg": "", "du_deta": ""}
adam_lines["dm4_dg4"] = "1 - beta"
adam_lines["dm4_dg1"] = "(1 - beta)*beta**3"
adam_lines["dn4_dg"] = "4*(1 - beta)"
adam_lines["du_deta"] = "(1 - beta1)/sqrt(1 - beta2)"
