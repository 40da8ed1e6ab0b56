namespace Flama.Scoring.Columns;

/// <summary>A format of table files. Immutable.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="IsMatch">Whether an input with such first bytes is one.</param>
/// <param name="OpenAsync">Opens an input, which stays the caller's; the string is what messages call it.</param>
internal sealed record TableFormat(string Name, Func<byte[], bool> IsMatch, Func<Stream, string, CancellationToken, ValueTask<ColumnTable>> OpenAsync);
