using System.Diagnostics;
using System.Text;
using Flama.Hosting.Diagnostics;
using Flama.Tests.Hosting;

namespace Flama.Tests;

public sealed class TraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = "00f067aa0ba902b7";

    [Fact]
    public async Task Post_Traced_HasSpansOfReadPredictAndWriteInTheTraceOfTheCaller()
    {
        List<Activity> ended = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == FlamaDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId.ToHexString() == Trace)
                {
                    lock (ended)
                    {
                        ended.Add(activity);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await FlamaHost.StartAsync(FakeModels.Linear());
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict/") { Content = new StringContent("""{"input":[[1,1]]}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{Trace}-{Parent}-01");

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        lock (ended)
        {
            var spans = ended.Select(activity => activity.OperationName).Where(name => name != "flama.request").ToArray();
            Assert.Equal(["flama.read", "flama.predict", "flama.write"], spans);
            var parts = ended.Where(activity => activity.OperationName != "flama.request").ToArray();
            Assert.Single(parts.Select(activity => activity.ParentSpanId).Distinct());
        }
    }
}
