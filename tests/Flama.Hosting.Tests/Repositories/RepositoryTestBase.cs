using Flama.Hosting.Repository;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Flama.Tests.Repositories;

/// <summary>A directory of models, and applications that serve it.</summary>
public abstract class RepositoryTestBase : IDisposable
{
    private protected static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private protected static readonly string Churn = Fixtures.PathOf("flm", "churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    private readonly TemporaryDirectory directory = new();

    public void Dispose()
    {
        directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string Root => directory.Root;

    protected string PathOf(string path) => directory.PathOf(path);

    protected async Task<IHost> StartAsync(Action<RepositoryOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHealthChecks();
        builder.Services.AddFlama(flama => flama.Updates.WarmUp = TimeSpan.Zero).AddRepository(directory.Root, options =>
        {
            options.PollInterval = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        return await StartedHost.OfAsync(builder);
    }

    protected static ModelRepository RepositoryOf(IHost host) => host.Services.GetRequiredService<ModelRepository>();

    protected static Task<HealthReport> HealthOf(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    protected static RepositoryModel Model(ModelRepository repository, string name) => repository.TryGet(name, out var model) ? model : throw new KeyNotFoundException(name);

    protected static async Task<string> ClassOfAsync(ModelRepository repository, string name, string? version = null)
    {
        using var lease = await repository.AcquireAsync(name, version, TestContext.Current.CancellationToken);
        return lease.Model.Metadata.ModelClass;
    }

    protected void PutText(string path, string text)
    {
        var file = directory.PathOf("text.tmp");
        File.WriteAllText(file, text);
        Put(path, file);
        File.Delete(file);
    }

    protected void Put(string path, string source)
    {
        var target = directory.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, $"{target}.new", overwrite: true);
        File.Move($"{target}.new", target, overwrite: true);
    }
}
