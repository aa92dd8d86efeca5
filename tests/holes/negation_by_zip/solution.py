def negated(numbers):
    return [-number for number in numbers]
