namespace Flama;

/// <summary>A failure that a user can understand and act on: a bad file, input, option or model.</summary>
/// <remarks>
/// The message says what failed with the values involved and where (row, feature, byte offset, class path); it never holds a path of
/// the server. <see cref="Remedy"/> says what to do now.
/// </remarks>
public sealed class FlamaException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">What failed, with the values, and where.</param>
    /// <param name="remedy">What to do now; null when the message says it already.</param>
    /// <param name="innerException">The cause, kept for the log.</param>
    public FlamaException(ErrorCode code, string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(code);
        Code = code;
        Remedy = remedy;
    }

    /// <summary>Creates the exception for rows that a model does not take.</summary>
    /// <param name="problems">The first problems; at most <see cref="InputProblem.MaxListed"/> are kept.</param>
    /// <param name="problemCount">How many problems there are in all.</param>
    public FlamaException(IReadOnlyList<InputProblem> problems, int problemCount)
        : base(InputProblem.Describe(problems, problemCount))
    {
        Code = ErrorCodes.InvalidInput;
        Problems = problems;
        ProblemCount = problemCount;
    }

    /// <summary>The kind of failure.</summary>
    public ErrorCode Code { get; }

    /// <summary>What to do now, or null.</summary>
    public string? Remedy { get; }

    /// <summary>The problems of an input, the first ones; empty for other failures.</summary>
    public IReadOnlyList<InputProblem> Problems { get; } = [];

    /// <summary>How many problems the input has in all.</summary>
    public int ProblemCount { get; }
}
