"""Shows HTML with a script in it.

stopped by: outputs are cleaned to a short list of tags; pages forbid scripts
"""
# %%
from IPython.display import HTML, display

display(HTML("<script>fetch('/formgrader/api/grade/1', {method: 'PUT'})</script>harmless"))
display(HTML("<ScRiPt src=//example.org/x.js></sCrIpT><script type=module>1</script>"))
