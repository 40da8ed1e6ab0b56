using System.Diagnostics.CodeAnalysis;

namespace Flama.Hosting.Sources;

/// <summary>A source broke off; it may go on when it is asked again.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Thrown and caught in one class.")]
[SuppressMessage("Design", "CA1064", Justification = "The same.")]
internal sealed class BrokenSourceException(string message, Exception? inner = null) : Exception(message, inner);
