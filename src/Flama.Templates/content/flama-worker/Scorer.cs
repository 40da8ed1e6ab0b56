using Flama;
using Flama.Hosting;

namespace FlamaWorker1;

/// <summary>Predicts for each customer, those that wait at once together, and writes the answers; the process ends with the queue.</summary>
internal sealed class Scorer([FromKeyedServices("churn")] ServedModel churn, CustomerQueue customers, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var answer in churn.PredictAsync<Customer, Answer>(customers.ReadAllAsync(stoppingToken), stoppingToken))
        {
            Console.WriteLine(FormattableString.Invariant($"{answer.Label} {answer.Leaves:0.000}"));
        }

        lifetime.StopApplication();
    }
}
