namespace Flama.Schemas;

/// <summary>A rule that a cell is against.</summary>
/// <param name="Rule">The keyword of JSON Schema.</param>
/// <param name="Bound">Its value, JSON.</param>
/// <param name="Expected">The same in words, to follow <c>expected</c> or <c>must be</c>.</param>
internal sealed record RuleBreach(string Rule, string Bound, string Expected);
