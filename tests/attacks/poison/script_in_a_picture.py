"""Shows an SVG picture with a script in it.

stopped by: of pictures only PNG and JPEG are shown
"""
# %%
from IPython.display import HTML, SVG, display

picture = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
display(SVG(picture))
display(HTML(picture))
