using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Flama.AspNetCore;

/// <summary>Runs tasks that no client waits for, in the order they come, a few at a time. In dependency injection by <c>AddBackgroundTasks</c>. Thread-safe.</summary>
/// <remarks>
/// A task gets services of a scope of its own and a token that ends with the application. One that fails is logged and takes nothing with it. When the application stops, tasks that wait or run
/// have the host's shutdown timeout to end; then they are cancelled, and the log tells how many were. Nothing is kept on disk.
/// </remarks>
public sealed class BackgroundTasks
{
    private readonly Channel<Func<IServiceProvider, CancellationToken, Task>> queue = Channel.CreateUnbounded<Func<IServiceProvider, CancellationToken, Task>>();
    private readonly int capacity;
    private int count;

    /// <summary>Makes an empty queue.</summary>
    public BackgroundTasks(IOptions<BackgroundTaskOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        capacity = options.Value.Capacity;
    }

    /// <summary>How many tasks wait or run, those included whose answer is not sent yet.</summary>
    public int Count => Volatile.Read(ref count);

    internal ChannelReader<Func<IServiceProvider, CancellationToken, Task>> Queue => queue.Reader;

    /// <summary>Runs a task as soon as its turn comes.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="FlamaException">There are <see cref="BackgroundTaskOptions.Capacity"/> tasks already, or the application stops (<see cref="ErrorCodes.Overloaded"/>, 503).</exception>
    public void Run(Func<IServiceProvider, CancellationToken, Task> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Reserve();
        if (!TryWrite(task))
        {
            throw Full("The application stops, and takes no task.");
        }
    }

    /// <summary>Runs a task when the answer to a request was sent. Its place is taken now, so that a client learns by 503 that there is none. After an answer of 500 and above it is not run.</summary>
    /// <param name="context">The request.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="FlamaException">There are <see cref="BackgroundTaskOptions.Capacity"/> tasks already (<see cref="ErrorCodes.Overloaded"/>, 503).</exception>
    public void RunAfterAnswer(HttpContext context, Func<IServiceProvider, CancellationToken, Task> task)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(task);
        Reserve();
        var response = context.Response;
        response.OnCompleted(() =>
        {
            if (response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                Release();
            }
            else
            {
                TryWrite(task);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Takes no more.</summary>
    internal void Close() => queue.Writer.TryComplete();

    /// <summary>Notes that a task has ended.</summary>
    internal void Release() => Interlocked.Decrement(ref count);

    private void Reserve()
    {
        if (Interlocked.Increment(ref count) > capacity)
        {
            Release();
            throw Full($"{capacity} tasks wait or run, and there may not be more.");
        }
    }

    private bool TryWrite(Func<IServiceProvider, CancellationToken, Task> task)
    {
        if (queue.Writer.TryWrite(task))
        {
            return true;
        }

        Release();
        return false;
    }

    private static FlamaException Full(string message) => new(ErrorCodes.Overloaded, message, "Send the request again later.");
}
