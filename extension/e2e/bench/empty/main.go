// Command empty is a Go program that does nothing: what a cold start costs before
// any of ours.
package main

func main() { select {} }
