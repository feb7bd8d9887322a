"""The tables in forms that others can use. Beside `render`: neither knows the other."""
