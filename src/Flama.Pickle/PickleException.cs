namespace Flama.Pickle;

/// <summary>A pickle that is not read: damaged, too large, or asking for what is not allowed.</summary>
public sealed class PickleException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="PickleErrorCode"/>.</param>
    /// <param name="message">What is wrong, with the values.</param>
    /// <param name="offset">The byte of the decompressed stream at which it was seen.</param>
    /// <param name="global">The class or function it is about.</param>
    /// <param name="remedy">What the user can do.</param>
    /// <param name="innerException">The cause.</param>
    public PickleException(
        string code,
        string message,
        long? offset = null,
        GlobalName? global = null,
        string? remedy = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Offset = offset;
        Global = global;
        Remedy = remedy;
    }

    /// <summary>One of <see cref="PickleErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>The byte of the decompressed stream at which it was seen; null when it is about no single place.</summary>
    public long? Offset { get; }

    /// <summary>The class or function it is about; null when it is about none.</summary>
    public GlobalName? Global { get; }

    /// <summary>What the user can do; null when there is nothing to suggest.</summary>
    public string? Remedy { get; }
}
