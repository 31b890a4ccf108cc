# The start of the program and the end of it.
print("hello")
