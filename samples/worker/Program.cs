using System.Text.Json;
using System.Threading.Channels;
using Flama;
using Flama.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddFlama().AddModel("churn", Path.Combine(AppContext.BaseDirectory, "churn.flm"), model => model.ReloadOnChange());
builder.Services.AddSingleton(Channel.CreateBounded<object?[]>(100));
builder.Services.AddHostedService<Queue>();
builder.Services.AddHostedService<Scorer>();
await builder.Build().RunAsync();

/// <summary>Stands for a message queue: takes a customer, a JSON array, from each line of standard input.</summary>
internal sealed class Queue(Channel<object?[]> customers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await Console.In.ReadLineAsync(stoppingToken) is { } line)
        {
            using var document = JsonDocument.Parse(line);
            object?[] customer = [.. document.RootElement.EnumerateArray().Select(ValueOf)];
            await customers.Writer.WriteAsync(customer, stoppingToken);
        }

        customers.Writer.Complete();
    }

    private static object? ValueOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetDouble(),
    };
}

/// <summary>Predicts for each customer and writes the label; the process ends with the queue.</summary>
internal sealed class Scorer([FromKeyedServices("churn")] ServedModel churn, Channel<object?[]> customers, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var customer in customers.Reader.ReadAllAsync(stoppingToken))
        {
            Console.WriteLine(churn.PredictLabels(ModelRows.Of([customer]))[0]);
        }

        lifetime.StopApplication();
    }
}
