using Flama.Joining;

namespace Flama.Hosting.Batching;

/// <summary>A call that waits to be computed, alone or with others. What can be set is read and written under the lock of its queue.</summary>
/// <param name="loaded">The model, which the caller holds while it waits.</param>
/// <param name="input">What it is computed with.</param>
/// <param name="form">What it has to have in common with others; null where it is computed alone.</param>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class WaitingCall(LoadedModel loaded, ModelInput input, byte[]? form, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<ModelOutput> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The model, which the caller holds while it waits.</summary>
    public LoadedModel Loaded => loaded;

    /// <summary>What it is computed with.</summary>
    public ModelInput Input => input;

    /// <summary>How many rows that has.</summary>
    public int Rows { get; } = input.Rows;

    /// <summary>Ends the computation where it is computed alone.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Its answer, which is the caller's to dispose. Once this has completed, the input is the caller's again.</summary>
    public Task<ModelOutput> Answer => answer.Task;

    /// <summary>Its place in the queue; null once it has left that.</summary>
    public LinkedListNode<WaitingCall>? Place { get; set; }

    /// <summary>Whether its input is read: until that has ended it cannot be given up.</summary>
    public bool IsReading { get; set; }

    /// <summary>The call it is computed in with others.</summary>
    public JointCall? Joint { get; set; }

    /// <summary>Whether it can be computed with another.</summary>
    public bool Fits(WaitingCall other) => form is not null && other.HasForm(form) && JoinedInputs.Fit(input, other.Input);

    /// <summary>Gives it its answer, or disposes that where the caller is gone.</summary>
    public void Complete(ModelOutput output)
    {
        if (!answer.TrySetResult(output))
        {
            output.Dispose();
        }
    }

    /// <summary>Tells it why it failed.</summary>
    public void Fail(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
        {
            answer.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            answer.TrySetException(failure);
        }
    }

    /// <summary>Gives it up for its caller.</summary>
    public void GiveUp() => answer.TrySetCanceled(cancellationToken);

    private bool HasForm(byte[] other) => form is not null && form.AsSpan().SequenceEqual(other);
}
