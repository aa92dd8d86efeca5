"""Shows formulas that are links to scripts.

stopped by: LaTeX outputs are left out; our pages set no formulas; nbgrader's do so in safe mode
"""
# %%
from IPython.display import Latex, Math, display

display(Latex(r"$\href{javascript:alert(1)}{x}$"))
display(Math(r"\unicode{<img src=x onerror=alert(1)>}"))
