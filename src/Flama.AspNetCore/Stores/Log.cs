using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Stores;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "{Consequence} until the shared store answers again: {Reason}")]
    public static partial void StoreIsOut(ILogger logger, string consequence, string reason);

    [LoggerMessage(3102, LogLevel.Information, "The shared store answers again")]
    public static partial void StoreIsBack(ILogger logger);
}
