namespace Flama;

/// <summary>A file that belongs to a model beside its payload: external weights, a vocabulary, a tokenizer. Immutable, thread-safe.</summary>
/// <param name="Path">
/// Its path relative to the payload, with <c>/</c> between directories; never absolute, and never leading out by <c>..</c>.
/// </param>
/// <param name="Content">Its bytes.</param>
public sealed record SideFile(string Path, ModelPayload Content);
