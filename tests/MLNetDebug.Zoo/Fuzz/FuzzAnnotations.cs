using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Draws annotations, mostly none, and some that lie about type or length.</summary>
internal static class FuzzAnnotations
{
    public static DataViewSchema.Annotations? Any(Random random)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        switch (random.Next(12))
        {
            case 0:
                Names(builder, "SlotNames", random.Next(1, 12), random);
                break;
            case 1:
                Names(builder, "KeyValues", random.Next(1, 12), random);
                break;
            case 2:
                builder.Add("KeyValues", NumberDataViewType.Int32, (ref int value) => value = 3);
                break;
            case 3:
                builder.Add("IsNormalized", BooleanDataViewType.Instance, (ref bool value) => value = true);
                break;
            case 4:
                var last = random.Next(-3, 20);
                builder.Add("CategoricalSlotRanges", new VectorDataViewType(NumberDataViewType.Int32, 2), (ref VBuffer<int> value) => value = new VBuffer<int>(2, [last - 2, last]));
                break;
            case 5:
                builder.Add("CategoricalSlotRanges", new VectorDataViewType(NumberDataViewType.Int32, 3), (ref VBuffer<int> value) => value = new VBuffer<int>(3, [0, 1, 2]));
                break;
            case 6:
                builder.Add("IsNormalized", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = "yes".AsMemory());
                break;
            default:
                return null;
        }

        return builder.ToAnnotations();
    }

    private static void Names(DataViewSchema.Annotations.Builder builder, string kind, int count, Random random)
    {
        ReadOnlyMemory<char>[] names = [.. Enumerable.Range(0, count).Select(_ => HostileText.Any(random).AsMemory())];
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(count, names));
    }
}
