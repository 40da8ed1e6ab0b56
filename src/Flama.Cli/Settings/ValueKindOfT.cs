using System.Diagnostics.CodeAnalysis;

namespace Flama.Cli.Settings;

/// <summary>What the value of an option has to be, and how it is read.</summary>
internal sealed class ValueKind<T>(ValueKind<T>.Reader reader) : ValueKind
{
    /// <summary>Reads a text.</summary>
    /// <returns>False when the text is not such a value.</returns>
    public delegate bool Reader(string text, [MaybeNullWhen(false)] out T value);

    /// <inheritdoc/>
    public override bool Takes(string text) => reader(text, out _);

    /// <summary>Reads a text.</summary>
    public bool TryRead(string text, [MaybeNullWhen(false)] out T value) => reader(text, out value);
}
