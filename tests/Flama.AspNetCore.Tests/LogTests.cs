using System.Reflection;
using Flama.AspNetCore;
using Microsoft.Extensions.Logging;

namespace Flama.Tests;

public class LogTests
{
    [Fact]
    public void LoggerMessages_EventIds_AreUnique()
    {
        var ids = typeof(FlamaHttpOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(attribute => attribute.EventId)
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
