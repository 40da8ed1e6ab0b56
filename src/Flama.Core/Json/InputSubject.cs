namespace Flama.Json;

/// <summary>What a text is to its reader's user, for messages.</summary>
/// <param name="Name">The words behind <c>The</c>: <c>body</c>, <c>input of message 3</c>.</param>
/// <param name="FirstLine">Which line of a whole its first line is, from 1.</param>
internal readonly record struct InputSubject(string Name, long FirstLine = 1)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
