package main

func runPack(args []string, env environment) int { return exitBad }
