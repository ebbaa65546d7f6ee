// Package train fits the weights of the score to labelled mails.
//
// A score is the sum of what the findings say: weight × scale, where the scale
// is how clear the case is. Train reads that sum as the log-odds of an attack,
//
//	P(attack | mail) = 1 / (1 + exp(-Steepness · (Σ weight·scale - Midpoint)))
//
// and looks for the weights under which the labels are the least surprising:
// logistic regression, convex for a given steepness.
//
// # What keeps sense where data is thin
//
//   - A prior by people: a weight is drawn towards the one written down for it,
//     with a spread that grows with it. A signal that is in no mail keeps its prior.
//   - Signs: what speaks for an attack never speaks against it, however odd
//     the sample.
//   - Fixed weights: lookalikes and broken hosts are measured on hosts, not on
//     mails, and their weights carry promises of their own.
//   - Campaigns count once. A hundred copies of a mail are one piece of
//     evidence.
//
// # What is measured
//
// Cross-validation holds out whole campaigns, so that no copy of a mail is on
// both sides. Weights and thresholds are chosen without the part they are
// judged on. The spread of each weight over the folds tells what was learned
// from few mails.
//
// Everything is deterministic: the same mails and priors give the same bytes.
package train
