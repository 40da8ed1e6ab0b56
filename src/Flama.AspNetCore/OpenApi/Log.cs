using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.OpenApi;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "No example was found that {Method} of model {Name} takes; the operation is documented without one")]
    public static partial void NoExample(ILogger logger, string name, string method);
}
