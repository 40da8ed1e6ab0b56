using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FlamaWorker1;

/// <summary>Where customers come from: put your message queue in the place of this one, which reads a JSON object from each line of standard input.</summary>
internal sealed class CustomerQueue
{
    public async IAsyncEnumerable<Customer> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return JsonSerializer.Deserialize<Customer>(line, JsonSerializerOptions.Web) ?? throw new JsonException("A line is null.");
        }
    }
}
