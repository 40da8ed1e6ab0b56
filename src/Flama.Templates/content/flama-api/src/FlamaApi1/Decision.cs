namespace FlamaApi1;

/// <summary>What to do about a customer.</summary>
/// <param name="Action"><c>call</c> or <c>wait</c>.</param>
/// <param name="Risk">How likely the customer leaves, 0 to 1.</param>
internal sealed record Decision(string Action, double Risk);
