using System.Runtime.CompilerServices;
using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <summary>A tensor of the program that is lowered: a reference whose value changes where the program computes in place.</summary>
internal sealed class Tensor
{
    private TensorValue value;
    private int seen;

    public Tensor(TensorValue value, Scope scope)
    {
        this.value = value;
        Scope = scope;
        Root = this;
    }

    private Tensor(Tensor @base, Func<TensorValue, TensorValue> forward, Func<TensorValue, TensorValue, TensorValue>? back)
        : this(forward(@base.Value), @base.Scope)
    {
        Base = @base;
        Root = @base.Root;
        Forward = forward;
        Back = back;
        seen = Root.Version;
    }

    /// <summary>The part of the graph that it was made in.</summary>
    public Scope Scope { get; }

    /// <summary>The tensor whose memory it shares; null for one with its own.</summary>
    public Tensor? Base { get; }

    public TorchType Type => Value.Type;

    public TensorShape Shape => Value.Shape;

    public int Rank => Value.Shape.Length;

    /// <summary>The rows that packed data was made of; null for other tensors.</summary>
    public PackedRows? Packed { get; init; }

    /// <summary>What it holds at this moment of the program.</summary>
    public TensorValue Value
    {
        get
        {
            if (Base is not null && seen != Root.Version)
            {
                RuntimeHelpers.EnsureSufficientExecutionStack();
                value = Forward!(Base.Value);
                seen = Root.Version;
            }

            return value;
        }
    }

    private Func<TensorValue, TensorValue>? Forward { get; }

    private Func<TensorValue, TensorValue, TensorValue>? Back { get; }

    private int Version { get; set; }

    // The one with the memory.
    private Tensor Root { get; }

    /// <summary>A tensor over the memory of another one.</summary>
    /// <param name="base">The other one.</param>
    /// <param name="forward">Takes the view.</param>
    /// <param name="back">Puts a changed view back into the whole; null where that is not possible.</param>
    public static Tensor ViewOf(Tensor @base, Func<TensorValue, TensorValue> forward, Func<TensorValue, TensorValue, TensorValue>? back) => new(@base, forward, back);

    /// <summary>Computes in place.</summary>
    /// <exception cref="FlamaException">The tensor is a view through which nothing can be written.</exception>
    public void Write(TensorValue changed)
    {
        if (Base is null)
        {
            value = changed;
            Version++;
            return;
        }

        if (Back is null)
        {
            throw TorchErrors.Unsupported("it computes in place on a view through which this engine cannot write");
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        Base.Write(Back(Base.Value, changed));
    }
}
