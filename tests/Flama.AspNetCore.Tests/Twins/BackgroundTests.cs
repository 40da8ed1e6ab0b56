using System.Collections.Concurrent;
using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of an application whose tasks run after the answer.</summary>
public sealed class BackgroundTests
{
    private readonly ConcurrentQueue<string> done = new();

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(Map, configure: builder => builder.Services.AddBackgroundTasks(tasks => tasks.MaxConcurrency = 1));
        TwinReplay replay = new("background")
        {
            Answered = (id, _) => id switch
            {
                "task" => WaitAsync(1),
                "tasks" => WaitAsync(3),
                _ => Task.CompletedTask,
            },
        };

        await replay.RunAsync(twin);
    }

    private void Map(WebApplication app)
    {
        app.MapPost("/task/{name}/", (string name, HttpContext context, BackgroundTasks tasks) =>
        {
            tasks.RunAfterAnswer(context, Work(name));
            return TypedResults.Json(new { accepted = name }, statusCode: 202);
        });
        app.MapPost("/tasks/", (HttpContext context, BackgroundTasks tasks) =>
        {
            tasks.RunAfterAnswer(context, async (services, cancelled) =>
            {
                await Work("one")(services, cancelled);
                await Work("two")(services, cancelled);
            });
            return new { accepted = 2 };
        });
        app.MapGet("/done/", () => done);
    }

    private Func<IServiceProvider, CancellationToken, Task> Work(string name) => (_, _) =>
    {
        done.Enqueue(name);
        return Task.CompletedTask;
    };

    private async Task WaitAsync(int count)
    {
        while (done.Count < count)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
