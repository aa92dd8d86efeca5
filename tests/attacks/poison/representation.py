"""Returns an object that shows itself as a script, in every way that objects can.

stopped by: outputs are cleaned whoever made them
"""
# %%
class Poison:
    def _repr_html_(self):
        return "<script>alert(1)</script>"

    def _repr_svg_(self):
        return "<svg onload=alert(1)>"

    def _repr_javascript_(self):
        return "alert(1)"

    def _repr_latex_(self):
        return r"$\href{javascript:alert(1)}{x}$"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": "<iframe src=javascript:alert(1)>"}

print("TRIED")
Poison()
