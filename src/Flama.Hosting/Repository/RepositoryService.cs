using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Repository;

/// <summary>Reads the repositories when the application starts, loads what is pinned, and looks for changes until it ends.</summary>
internal sealed class RepositoryService(IEnumerable<ModelRepository> repositories, ILogger<ModelRepository> logger) : BackgroundService, IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var repository in repositories)
        {
            await repository.BeginAsync(cancellationToken);
            foreach (var name in repository.Options.Pinned)
            {
                if (!repository.TryGet(name, out _))
                {
                    throw new FlamaException(
                        ErrorCodes.InvalidOption, $"The repository has no model '{name}', which is to be pinned.", $"It has: {string.Join(", ", repository.Models.Take(10).Select(model => model.Name))}");
                }

                await repository.LoadAsync(name, null, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(repositories.Where(repository => repository.Options.PollInterval > TimeSpan.Zero).Select(repository => PollAsync(repository, stoppingToken)));

    private async Task PollAsync(ModelRepository repository, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(repository.Options.PollInterval);
        string? told = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                told = await RefreshAsync(repository, told, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    // What goes wrong is told once, until it goes right again.
    private async Task<string?> RefreshAsync(ModelRepository repository, string? told, CancellationToken stoppingToken)
    {
        try
        {
            await repository.RefreshAsync(stoppingToken);
            return null;
        }
#pragma warning disable CA1031 // Whatever is on the disk, what is served goes on.
        catch (Exception failure) when (failure is not OperationCanceledException and not ObjectDisposedException)
#pragma warning restore CA1031
        {
            if (failure.Message != told)
            {
                Log.RefreshFailed(logger, repository.Directory, failure.Message);
            }

            return failure.Message;
        }
    }
}
