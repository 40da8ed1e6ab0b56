namespace Flama.Scoring;

/// <summary>A row that the model does not take.</summary>
/// <param name="Position">The line it starts on, from 1, or its number in a JSON list, from 0.</param>
/// <param name="Message">What is wrong, with the line or the number.</param>
/// <param name="Remedy">What to do, or null.</param>
public readonly record struct BadRow(long Position, string Message, string? Remedy);
