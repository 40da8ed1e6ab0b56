namespace Flama;

/// <summary>The stable name of one kind of failure, with what HTTP and the command line answer for it.</summary>
/// <param name="Name">Snake-case name, stable across versions, listed in <c>docs/reference/errors.md</c>.</param>
/// <param name="HttpStatus">The HTTP status a server answers when a request ends in this failure.</param>
/// <param name="ExitCode">The exit code of the command line: 1 when the model or the input failed, 2 for usage.</param>
/// <remarks>Immutable. Every instance is a field of <see cref="ErrorCodes"/>.</remarks>
public sealed record ErrorCode(string Name, int HttpStatus, int ExitCode)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
