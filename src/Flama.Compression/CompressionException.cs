namespace Flama.Compression;

/// <summary>Compressed data that cannot be read.</summary>
public sealed class CompressionException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why it failed.</param>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">The cause.</param>
    public CompressionException(CompressionFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Why it failed.</summary>
    public CompressionFailure Failure { get; }
}
