using Microsoft.AspNetCore.WebUtilities;

namespace Flama.AspNetCore;

/// <summary>A request that was answered.</summary>
/// <param name="Time">When the answer ended, UTC.</param>
/// <param name="Client">Address and port of the client, for example <c>10.0.0.1:36908</c>.</param>
/// <param name="Method">The method, for example <c>POST</c>.</param>
/// <param name="Target">Path and query as the client wrote them: printable ASCII without quotation marks, anything else percent-encoded, cut after 2 000 characters.</param>
/// <param name="Protocol">The protocol, for example <c>HTTP/1.1</c>.</param>
/// <param name="Status">The status of the answer.</param>
public readonly record struct AccessLogEntry(DateTimeOffset Time, string Client, string Method, string Target, string Protocol, int Status)
{
    /// <summary>The status in words, for example <c>Not Found</c>; empty for one without.</summary>
    public string Reason => ReasonPhrases.GetReasonPhrase(Status);
}
