using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Errors;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "{Method} {Path} failed, correlation id {CorrelationId}")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path, string correlationId);

    [LoggerMessage(2002, LogLevel.Error, "{Method} {Path} failed after the answer had started, correlation id {CorrelationId}")]
    public static partial void AnswerBroken(ILogger logger, Exception exception, string method, string path, string correlationId);

    [LoggerMessage(2003, LogLevel.Debug, "{Method} {Path} was refused with {Status}: {Code}")]
    public static partial void RequestRefused(ILogger logger, string method, string path, int status, string code);

    [LoggerMessage(2004, LogLevel.Debug, "{Method} {Path} was abandoned by the client")]
    public static partial void ClientGone(ILogger logger, string method, string path);

    [LoggerMessage(2005, LogLevel.Warning, "{Method} {Path} was refused: there is not enough memory for it")]
    public static partial void OutOfMemory(ILogger logger, string method, string path);
}
