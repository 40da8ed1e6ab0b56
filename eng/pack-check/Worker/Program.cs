using Flama;
using Flama.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFlama().AddModel("xor", "xor.flm");
builder.Services.AddHostedService<Scorer>();
await builder.Build().RunAsync();

internal sealed class Scorer([FromKeyedServices("xor")] ServedModel xor, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Console.WriteLine(string.Join(' ', xor.PredictLabels([[0, 1], [1, 1]])));
        lifetime.StopApplication();
        return Task.CompletedTask;
    }
}
