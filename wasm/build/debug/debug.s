// Empty: it tells the compiler that a function without a body is not a mistake.
