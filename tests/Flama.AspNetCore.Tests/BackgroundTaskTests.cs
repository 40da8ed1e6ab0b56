using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Tests;

/// <summary>Tasks after answers: their places, their failures and the end of the application.</summary>
public sealed class BackgroundTaskTests
{
    [Fact]
    public async Task RunAfterAnswer_WhereNoPlaceIsLeft_Is503BeforeTheAnswer()
    {
        TaskCompletionSource goOn = new();
        await using var host = await StartAsync(app => app.MapPost("/task", (HttpContext context, BackgroundTasks tasks) => tasks.RunAfterAnswer(context, (_, _) => goOn.Task)), tasks => tasks.Capacity = 1);

        var first = await host.PostAsync("/task", "");
        var second = await host.PostAsync("/task", "");
        goOn.SetResult();
        await WaitAsync(host.Services.GetRequiredService<BackgroundTasks>(), 0);
        var third = await host.PostAsync("/task", "");

        Assert.Equal((200, 503, 200), (first.Status, second.Status, third.Status));
        Assert.Contains("\"urn:flama:error:overloaded\"", second.Body, StringComparison.Ordinal);
        Assert.True(second.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task RunAfterAnswer_WhereTheAnswerIsAnError_DoesNotRun()
    {
        var ran = false;
        await using var host = await StartAsync(app => app.MapPost("/task", string (HttpContext context, BackgroundTasks tasks) =>
        {
            tasks.RunAfterAnswer(context, (_, _) =>
            {
                ran = true;
                return Task.CompletedTask;
            });
            throw new InvalidOperationException("after it was asked for");
        }));

        var answer = await host.PostAsync("/task", "");

        await WaitAsync(host.Services.GetRequiredService<BackgroundTasks>(), 0);
        Assert.Equal((500, false), (answer.Status, ran));
    }

    [Fact]
    public async Task Run_OfATaskThatFails_IsLoggedAndTheNextRuns()
    {
        await using var host = await StartAsync(_ => { }, options => options.MaxConcurrency = 1);
        var tasks = host.Services.GetRequiredService<BackgroundTasks>();
        TaskCompletionSource<bool> next = new();

        tasks.Run((_, _) => throw new InvalidOperationException("broken"));
        tasks.Run((services, _) =>
        {
            next.SetResult(services.GetService<Scoped>() is not null);
            return Task.CompletedTask;
        });

        Assert.True(await next.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Contains(host.Log.All, line => line.Id == 3301 && line.Text.Contains("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WithTasksThatWait_RunsThemFirst()
    {
        List<int> done = [];
        await using var host = await StartAsync(_ => { }, options => options.MaxConcurrency = 1);
        var tasks = host.Services.GetRequiredService<BackgroundTasks>();
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            tasks.Run(async (_, _) =>
            {
                await Task.Yield();
                done.Add(number);
            });
        }

        await host.StopAsync();

        Assert.Equal([0, 1, 2], done);
        Assert.Throws<FlamaException>(() => tasks.Run((_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task Stop_WithATaskThatDoesNotEnd_CancelsItAndTells()
    {
        TaskCompletionSource cancelled = new();
        await using var host = await StartAsync(_ => { }, configure: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200)));
        host.Services.GetRequiredService<BackgroundTasks>().Run(async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }
        });

        await host.StopAsync();

        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(host.Log.All, line => line.Id == 3302 && line.Text.StartsWith("The application ends before 1 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_OutOfRange_StopTheStart()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(_ => { }, tasks => (tasks.Capacity, tasks.MaxConcurrency) = (0, 0)));

        Assert.Equal(["BackgroundTaskOptions.Capacity must be 1 or more.", "BackgroundTaskOptions.MaxConcurrency must be 1 or more."], failure.Failures);
    }

    private static Task<FlamaHost> StartAsync(Action<WebApplication> map, Action<BackgroundTaskOptions>? options = null, Action<IServiceCollection>? configure = null) => FlamaHost.StartAsync(
        map,
        configure: builder =>
        {
            builder.Services.AddScoped<Scoped>().AddBackgroundTasks(options);
            configure?.Invoke(builder.Services);
        });

    private static async Task WaitAsync(BackgroundTasks tasks, int count)
    {
        while (tasks.Count != count)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Scoped;
}
