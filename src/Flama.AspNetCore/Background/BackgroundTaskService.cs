using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore.Background;

/// <summary>Runs the tasks of the queue while the application runs, and the rest of them when it stops.</summary>
internal sealed class BackgroundTaskService(BackgroundTasks tasks, IServiceScopeFactory scopes, IOptions<BackgroundTaskOptions> options, ILogger<BackgroundTaskService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.WhenAll(Enumerable.Range(0, options.Value.MaxConcurrency).Select(_ => RunAsync()));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        tasks.Close();
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.Cancelled(logger, tasks.Count);
            await ending.CancelAsync();
        }
    }

    public void Dispose() => ending.Dispose();

    private async Task RunAsync()
    {
        // Off the thread that starts the application.
        await Task.Yield();
        await foreach (var task in tasks.Queue.ReadAllAsync(CancellationToken.None))
        {
            if (ending.IsCancellationRequested)
            {
                return;
            }

            await RunAsync(task);
            tasks.Release();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A task is an end of its own.")]
    private async Task RunAsync(Func<IServiceProvider, CancellationToken, Task> task)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await task(scope.ServiceProvider, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The application has ended; how many were at hand is told there.
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure);
        }
    }
}
