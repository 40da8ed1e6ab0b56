namespace Flama.Pickle.Machine;

/// <summary>
/// Runs one pickle stream. It can only build data: a class or function of the stream is looked up in a table and never run.
/// </summary>
/// <remarks>Stacks are explicit and every size is checked against the bytes that remain before memory is taken.</remarks>
internal ref partial struct PickleMachine
{
    private const int NewestProtocol = 5;

    private readonly ReadOnlyMemory<byte> memory;
    private readonly ReadOnlySpan<byte> data;
    private readonly GlobalTable globals;
    private readonly PickleBudget budget;
    private readonly PickleLimits limits;
    private readonly PickleMemo memo = new();
    private int position;
    private int opcodeOffset;

    private object?[] stack;
    private int count;
    private int[] marks;
    private int markCount;

    // Nothing below the newest mark may be popped.
    private int fence;

    // Where the frame ends that the position is in.
    private int frameEnd = int.MaxValue;

    // A container grew deeper after another had taken it in: that one's depth is no longer right, so all is measured at the end.
    private bool needsDepthCheck;

    /// <summary>Prepares a run.</summary>
    /// <param name="memory">The whole decompressed stream.</param>
    /// <param name="start">Where in it the pickle starts.</param>
    /// <param name="globals">What the pickle may refer to.</param>
    /// <param name="budget">What it may use.</param>
    public PickleMachine(ReadOnlyMemory<byte> memory, int start, GlobalTable globals, PickleBudget budget)
    {
        this.memory = memory;
        data = memory.Span;
        position = start;
        this.globals = globals;
        this.budget = budget;
        limits = budget.Limits;
        stack = new object?[64];
        marks = new int[16];
    }

    /// <summary>Where the stream goes on after STOP.</summary>
    public readonly int Position => position;

    private readonly int Remaining => data.Length - position;

    /// <summary>Runs to STOP and gives what is on top of the stack.</summary>
    public object? Run()
    {
        while (true)
        {
            if (position >= frameEnd)
            {
                LeaveFrame();
            }

            opcodeOffset = position;
            var opcode = ReadByte();
            switch (opcode)
            {
                case Opcode.Stop:
                    return Finish();
                case Opcode.Protocol:
                    CheckProtocol(ReadByte());
                    break;
                case Opcode.Frame:
                    EnterFrame(ReadUInt64());
                    break;

                case Opcode.BinGet:
                    Get(ReadByte());
                    break;
                case Opcode.LongBinGet:
                    Get(ReadUInt32());
                    break;
                case Opcode.Get:
                    Get(ReadIndexLine());
                    break;
                case Opcode.Memoize:
                    Put(memo.Count);
                    break;
                case Opcode.BinPut:
                    Put(ReadByte());
                    break;
                case Opcode.LongBinPut:
                    Put(ReadUInt32());
                    break;
                case Opcode.Put:
                    Put(ReadIndexLine());
                    break;

                case Opcode.Mark:
                    PushMark();
                    break;
                case Opcode.Pop:
                    DropTop();
                    break;
                case Opcode.PopMark:
                    PopToMark();
                    break;
                case Opcode.Dup:
                    Push(Top());
                    break;

                case Opcode.ShortBinUnicode:
                    PushText(ReadByte());
                    break;
                case Opcode.BinUnicode:
                    PushText(ReadUInt32());
                    break;
                case Opcode.BinUnicode8:
                    PushText(ReadUInt64());
                    break;
                case Opcode.Unicode:
                    PushUnicodeLine();
                    break;
                case Opcode.ShortBinString:
                    PushLatin1(ReadByte());
                    break;
                case Opcode.BinString:
                    PushLatin1(ReadInt32());
                    break;
                case Opcode.String:
                    PushQuotedLine();
                    break;
                case Opcode.ShortBinBytes:
                    PushBytes(ReadByte());
                    break;
                case Opcode.BinBytes:
                    PushBytes(ReadUInt32());
                    break;
                case Opcode.BinBytes8 or Opcode.ByteArray8:
                    PushBytes(ReadUInt64());
                    break;

                case Opcode.None:
                    Push(null);
                    break;
                case Opcode.NewTrue:
                    Push(BoxedValues.True);
                    break;
                case Opcode.NewFalse:
                    Push(BoxedValues.False);
                    break;
                case Opcode.BinInt1:
                    PushInteger(ReadByte());
                    break;
                case Opcode.BinInt2:
                    PushInteger(ReadUInt16());
                    break;
                case Opcode.BinInt:
                    PushInteger(ReadInt32());
                    break;
                case Opcode.Long1:
                    PushLong(ReadByte());
                    break;
                case Opcode.Long4:
                    PushLong(ReadInt32());
                    break;
                case Opcode.Int:
                    PushIntLine();
                    break;
                case Opcode.Long:
                    PushLongLine();
                    break;
                case Opcode.BinFloat:
                    PushFloat(ReadBigEndianDouble());
                    break;
                case Opcode.Float:
                    PushFloatLine();
                    break;

                case Opcode.EmptyTuple:
                    Push(PickleTuple.Empty);
                    break;
                case Opcode.Tuple1:
                    PushTuple(1);
                    break;
                case Opcode.Tuple2:
                    PushTuple(2);
                    break;
                case Opcode.Tuple3:
                    PushTuple(3);
                    break;
                case Opcode.Tuple:
                    PushTupleFromMark();
                    break;
                case Opcode.EmptyList:
                    PushList();
                    break;
                case Opcode.Append:
                    Append();
                    break;
                case Opcode.Appends:
                    Appends();
                    break;
                case Opcode.List:
                    PushListFromMark();
                    break;
                case Opcode.EmptyDict:
                    PushDict();
                    break;
                case Opcode.SetItem:
                    SetItem();
                    break;
                case Opcode.SetItems:
                    SetItems();
                    break;
                case Opcode.Dict:
                    PushDictFromMark();
                    break;
                case Opcode.EmptySet:
                    PushSet();
                    break;
                case Opcode.AddItems:
                    AddItems();
                    break;
                case Opcode.FrozenSet:
                    PushFrozenSet();
                    break;

                case Opcode.BinPersistentId when globals.Outside is not null:
                    PushFromOutside(globals.Outside);
                    break;
                case Opcode.StackGlobal:
                    PushStackGlobal();
                    break;
                case Opcode.Global:
                    PushGlobalLines();
                    break;
                case Opcode.Reduce:
                    Reduce();
                    break;
                case Opcode.NewObj:
                    NewObj();
                    break;
                case Opcode.NewObjEx:
                    NewObjEx();
                    break;
                case Opcode.Inst:
                    Inst();
                    break;
                case Opcode.Obj:
                    Obj();
                    break;
                case Opcode.Build:
                    Build();
                    break;

                default:
                    throw Unsupported(opcode);
            }
        }
    }

    private object? Finish()
    {
        var result = Pop();
        Admit(ref result);
        if (needsDepthCheck)
        {
            DepthCheck.Run(result, limits, budget, opcodeOffset);
        }

        return result;
    }

    private readonly void CheckProtocol(byte protocol)
    {
        if (protocol > NewestProtocol)
        {
            throw new PickleException(
                PickleErrorCode.UnsupportedProtocol,
                $"The pickle states protocol {protocol}; protocols 0 to {NewestProtocol} are known.",
                opcodeOffset,
                remedy: $"Save the model again with protocol {NewestProtocol} or lower.");
        }
    }

    // Python reads a frame at once: what goes beyond it would miss bytes there.
    private void EnterFrame(ulong length)
    {
        if (length > (ulong)Remaining)
        {
            throw Truncated((long)Math.Min(length, long.MaxValue));
        }

        var end = position + (int)length;
        frameEnd = end <= frameEnd ? end : throw Corrupt("a frame goes beyond the one that it is in");
    }

    private void LeaveFrame()
    {
        if (position > frameEnd)
        {
            throw new PickleException(
                PickleErrorCode.Truncated,
                $"The pickle's frame ends too early: at byte {frameEnd}, within an opcode that goes on to byte {position}.",
                frameEnd,
                remedy: SaveAgain);
        }

        frameEnd = int.MaxValue;
    }
}
