namespace Flama.AspNetCore;

/// <summary>How an <see cref="AccessLog"/> writes its lines.</summary>
public sealed class AccessLogOptions
{
    /// <summary>Makes a line of a request, without a line break; null (default) for <c>INFO:     CLIENT - "METHOD TARGET PROTOCOL" STATUS REASON</c>.</summary>
    public Func<AccessLogEntry, string>? Format { get; set; }

    /// <summary>Makes a line of a warning of the log itself; null (default) for <c>WARNING:  TEXT</c>.</summary>
    public Func<string, string>? FormatWarning { get; set; }
}
