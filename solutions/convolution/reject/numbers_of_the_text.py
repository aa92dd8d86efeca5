"""The numbers are those of the examples in the text, not the student's own.

fails: arithmetic
says: lenet is wrong
tells: These are the numbers of the examples in the text: give those for your own `numbers`.
"""

# %% my-numbers
my_numbers = {
    "height": 28,
    "width": 28,
    "parameters": 156,
    "dilated_field": 9,
    "lenet": 61706,
    "bottleneck": 69632,
    "resnet": 18,
    "pooled": 512,
}
