using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: Flama.Tests.TestDeadline]

namespace Flama.Tests;

/// <summary>Ends what hangs: a test that takes too long is cancelled, and fails by its name; where that does not help, the run is ended.</summary>
/// <remarks>
/// The longest test takes some seconds on an idle machine. The deadlines are there so that a run ends and tells where it hung, not to measure anything.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestDeadlineAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RunDeadline = TimeSpan.FromMinutes(40);
    private static readonly ConcurrentDictionary<IXunitTest, Timer> Running = new();

    // Also for what hangs outside a test: a fixture, or the end of the run.
    private static readonly Timer Run = new(_ => End($"The run takes longer than {RunDeadline}."), null, RunDeadline, Timeout.InfiniteTimeSpan);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        GC.KeepAlive(Run);
        var context = TestContext.Current;
        var isCancelled = false;
        Running[test] = new Timer(
            _ =>
            {
                if (!isCancelled)
                {
                    isCancelled = true;
                    Console.Error.WriteLine($"Cancelled after {Deadline}: {test.TestDisplayName}");
                    context.CancelCurrentTest();
                    return;
                }

                End($"Cancelled but not ended: {test.TestDisplayName}");
            },
            null,
            Deadline,
            Grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Running.TryRemove(test, out var timer))
        {
            timer.Dispose();
        }
    }

    private static void End(string reason) =>
        Environment.FailFast($"{reason} Not ended: {string.Join(", ", Running.Keys.Select(test => test.TestDisplayName))}");
}
