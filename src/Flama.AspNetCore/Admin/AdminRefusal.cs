using System.Diagnostics.CodeAnalysis;

namespace Flama.AspNetCore.Admin;

/// <summary>What an operator asked for cannot be done now.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Thrown and caught in one class.")]
[SuppressMessage("Design", "CA1064", Justification = "The same.")]
internal sealed class AdminRefusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
