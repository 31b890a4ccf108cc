# A key in an instance's own dict may delete the class's attribute while it is looked for there.
class Vanishing:
    def __hash__(self):
        return hash('attribute')

    def __eq__(self, other):
        if hasattr(Holder, 'attribute'):
            del Holder.attribute
        return False


class Descriptor:
    def __get__(self, instance, owner=None):
        return 'from the descriptor'


class Holder:
    pass


def fresh(attribute):
    Holder.attribute = attribute
    holder = Holder()
    holder.__dict__[Vanishing()] = 0
    return holder


holder = fresh(Descriptor())
print(holder.attribute)
print(hasattr(holder, 'attribute'))
print(getattr(fresh(Descriptor()), 'attribute'))
print(fresh(7).attribute)

# expect: from the descriptor
# expect: False
# expect: from the descriptor
# expect: 7
