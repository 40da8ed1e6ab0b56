namespace Flama.AspNetCore.Statistics;

/// <summary>Metadata of two endpoints at one path: one for browsers, one for programs.</summary>
/// <param name="IsPage">Whether it is the one for browsers.</param>
internal sealed record ServedForm(bool IsPage);
