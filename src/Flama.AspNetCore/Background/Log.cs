using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Background;

internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Error, "A background task failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(3302, LogLevel.Warning, "The application ends before {Count} background tasks have; they are cancelled")]
    public static partial void Cancelled(ILogger logger, int count);
}
